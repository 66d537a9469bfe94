# Sentences of `firms`.
