"""The inputs of the built-in providers' models, one module a provider: `TypedDict`s for checkers and editors.

>>> from gentask.models.apixo import NanoBananaInput
>>> client.submit("nano-banana", NanoBananaInput(mode="text-to-image", prompt="a sunset"))

At run time such an input is a plain dictionary; what a type cannot say is checked before a submit all the same. Each module also has
`ModelId`, the ids of its provider's models, `Payload`, the input of any of them, and `INPUTS`, which leads from the one to the other.
`gentask types --provider FILE --lang python` writes such a module for a contract of your own, and `cargo xtask models` has written these.
"""
