-- Text functions that generated columns depend on; they must never change their answers.

-- Folded text for search (texto de búsqueda): lower case, no accents, single spaces.
-- Mirrors domain/folding.py: fold.
CREATE OR REPLACE FUNCTION commercial.fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT btrim(regexp_replace(
        translate(lower(value), 'áéíóúüñàèìòùâêîôûäëïöçÁÉÍÓÚÜÑ', 'aeiouunaeiouaeiouaeiocaeiouun'),
        '[^a-z0-9]+', ' ', 'g'))
$$;

-- Spanish alphabetical order without ICU (clave de orden): ñ sorts between n and o.
-- Mirrors domain/folding.py: sort_key.
CREATE OR REPLACE FUNCTION commercial.sort_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT replace(translate(lower(value), 'áéíóúüÁÉÍÓÚÜÑ', 'aeiouuaeiouuñ'), 'ñ', 'n~')
$$;
