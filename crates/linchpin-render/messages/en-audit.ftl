# Published claims set against the model.
