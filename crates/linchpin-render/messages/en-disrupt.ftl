# Sentences of `disrupt`.
