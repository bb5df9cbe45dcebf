"""The bot's modals, one a file: ``build()`` makes the view, ``read()`` takes what came back."""
