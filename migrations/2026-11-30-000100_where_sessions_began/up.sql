-- From which network somebody signed in: of the address only as much as says where, and not who.
ALTER TABLE sessions ADD COLUMN network TEXT NOT NULL DEFAULT '';
