"""One document's way through the rooms, from what the user gave to the result.

`composing` makes a `pipeline` of parts; it opens a document, and a `job` takes the wanted pages
through steps (`preparing`), engine, `layout` and `placement`. `text_layer` and `whole_document` are
the ways around the pixels, `page_cache` asks a store first, and `isolation` does all of this in a
process that may die. `options` is what the caller asked for, `plan` what it would take.
"""
