### Export, import and copy of settings.

## What is wrong with a file
carry-not-json = This is not JSON: it cannot be read from line { $line }, column { $column } on.
carry-too-deep = This is nested deeper than { $max } levels, at line { $line }, column { $column }.
carry-name-twice = The name { $name } stands twice in one object, at line { $line }, column { $column }.
carry-not-ours = This is no file of settings from Guildhall.
carry-version = This version of the file is not known here. Known is version { $version }.
carry-schema = The settings have another shape than here. Known is schema { $schema }.
carry-unknown-module = There is no such module.
carry-no-modules = There is no module in the file.
carry-unknown-field = There is no such field.
carry-missing-field = This field is missing.
carry-not-an-object = This must be an object.
carry-not-a-list = This must be a list.
carry-not-a-switch = This must be true or false.
carry-not-a-number = This must be a whole number.
carry-not-a-text = This must be a text.
carry-not-an-id = This must be an id, as a text of digits.
carry-too-many = There can be at most { $max }. There are { $count }.
carry-names = The names cannot be read: { $why }
carry-name-too-long = A name has at most { $max } characters.
carry-no-such-module = There is no module { $module } to export.
