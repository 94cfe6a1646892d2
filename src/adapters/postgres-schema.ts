/**
 * The tables and functions of the PostgreSQL store. Each step of the store is one call of a function, so that it is one transaction
 * over one round trip, whatever client asks. Each migration is run once, in order; none is ever changed after it was published.
 */

/**
 * A plan is made while the tables are nearly empty, and kept while they grow by millions. So that it looks rows up by index from the
 * start, tables are not read from end to end, and each key is looked up for itself (OFFSET 0 keeps the planner from joining).
 */
const byIndex = 'SET enable_seqscan = off'

/** The migrations, for a schema whose name is already quoted. */
export function migrations(schema: string): readonly string[] {
  return [
    `
    CREATE TABLE ${schema}.tenant (
      tenant text PRIMARY KEY,
      secret text NOT NULL
    );

    CREATE TABLE ${schema}.list (
      id text PRIMARY KEY,
      tenant text NOT NULL,
      purpose text NOT NULL,
      number int NOT NULL,
      length int NOT NULL,
      status_size int NOT NULL,
      secret text NOT NULL,
      allocated int NOT NULL DEFAULT 0 CHECK (allocated <= length),
      seq int NOT NULL DEFAULT 0,
      hash text NOT NULL DEFAULT '',
      version int NOT NULL DEFAULT 0,
      UNIQUE (tenant, purpose, number)
    ) WITH (fillfactor = 50);

    CREATE TABLE ${schema}.entry (
      list text NOT NULL,
      place int NOT NULL,
      tenant text NOT NULL,
      purpose text NOT NULL,
      key text NOT NULL,
      seq int NOT NULL,
      value int NOT NULL DEFAULT 0,
      PRIMARY KEY (list, place),
      UNIQUE (key, tenant, purpose)
    );
    CREATE INDEX entry_set ON ${schema}.entry (list, place) WHERE value <> 0;

    CREATE TABLE ${schema}.event (
      list text NOT NULL,
      seq int NOT NULL,
      body text NOT NULL,
      hash text NOT NULL,
      PRIMARY KEY (list, seq)
    );

    CREATE TABLE ${schema}.change (
      list text NOT NULL,
      place int NOT NULL,
      seq int NOT NULL,
      PRIMARY KEY (list, place, seq)
    );

    CREATE TABLE ${schema}.published (
      list text PRIMARY KEY,
      version int NOT NULL,
      covers int NOT NULL,
      valid_from text NOT NULL,
      valid_until text NOT NULL,
      ttl bigint NOT NULL,
      credential text NOT NULL
    );

    -- Adds an event to the log of a list, whose row the caller holds, and counts what else is new.
    CREATE FUNCTION ${schema}.log(_list ${schema}.list, _body text, _allocated int, _version int) RETURNS void
    LANGUAGE plpgsql AS $function$
    DECLARE
      _hash text := encode(
        sha256(convert_to(_list.hash || E'\\n' || (_list.seq + 1) || E'\\n' || _body, 'UTF8')), 'hex');
    BEGIN
      INSERT INTO ${schema}.event (list, seq, body, hash) VALUES (_list.id, _list.seq + 1, _body, _hash);
      UPDATE ${schema}.list
        SET seq = _list.seq + 1, hash = _hash, allocated = _allocated, version = _version WHERE id = _list.id;
    END $function$;

    CREATE FUNCTION ${schema}.open(
      _id text, _tenant text, _purpose text, _number int, _length int, _status_size int, _secret text, _body text
    ) RETURNS boolean LANGUAGE plpgsql AS $function$
    DECLARE
      _list ${schema}.list;
    BEGIN
      INSERT INTO ${schema}.list (id, tenant, purpose, number, length, status_size, secret)
        VALUES (_id, _tenant, _purpose, _number, _length, _status_size, _secret)
        ON CONFLICT DO NOTHING RETURNING * INTO _list;
      IF _list.id IS NULL THEN RETURN false; END IF;
      PERFORM ${schema}.log(_list, _body, 0, 0);
      RETURN true;
    END $function$;

    CREATE FUNCTION ${schema}.find(_tenant text, _purpose text, _keys text[])
    RETURNS TABLE (at int, list text, place int) LANGUAGE sql STABLE ${byIndex} AS $function$
      SELECT k.at::int, e.list, e.place
        FROM unnest(_keys) WITH ORDINALITY AS k(key, at)
        CROSS JOIN LATERAL (
          SELECT f.list, f.place FROM ${schema}.entry f
            WHERE f.key = k.key AND f.tenant = _tenant AND f.purpose = _purpose OFFSET 0) AS e
    $function$;

    CREATE FUNCTION ${schema}.allocate(_tenant text, _purpose text, _keys text[], _time text)
    RETURNS TABLE (at int, list text, place int) LANGUAGE plpgsql ${byIndex} AS $function$
    DECLARE
      _list ${schema}.list;
      _fresh text[];
    BEGIN
      -- Who waited for a list that another filled finds it full, and looks again. Whoever has the row is alone with its purpose.
      LOOP
        SELECT l.* INTO _list FROM ${schema}.list l
          WHERE l.tenant = _tenant AND l.purpose = _purpose AND l.allocated < l.length
          ORDER BY l.number LIMIT 1 FOR UPDATE;
        EXIT WHEN FOUND;
        EXIT WHEN NOT EXISTS (
          SELECT 1 FROM ${schema}.list l
            WHERE l.tenant = _tenant AND l.purpose = _purpose AND l.allocated < l.length);
      END LOOP;
      IF _list.id IS NOT NULL THEN
        _fresh := ARRAY(
          SELECT k.key FROM unnest(_keys) WITH ORDINALITY AS k(key, at)
            WHERE NOT EXISTS (
              SELECT 1 FROM ${schema}.entry e
                WHERE e.key = k.key AND e.tenant = _tenant AND e.purpose = _purpose OFFSET 0)
            ORDER BY k.at LIMIT _list.length - _list.allocated);
        IF cardinality(_fresh) > 0 THEN
          INSERT INTO ${schema}.entry (list, place, tenant, purpose, key, seq)
            SELECT _list.id, _list.allocated + k.at - 1, _tenant, _purpose, k.key, _list.seq + 1
              FROM unnest(_fresh) WITH ORDINALITY AS k(key, at);
          PERFORM ${schema}.log(
            _list,
            '{"type":"allocated","time":' || to_json(_time) || ',"first":' || _list.allocated
              || ',"keys":' || array_to_json(_fresh) || '}',
            _list.allocated + cardinality(_fresh),
            _list.version);
        END IF;
        IF cardinality(_fresh) = cardinality(_keys) THEN
          RETURN QUERY SELECT k.at::int, _list.id, _list.allocated + k.at::int - 1
            FROM unnest(_keys) WITH ORDINALITY AS k(key, at);
          RETURN;
        END IF;
      END IF;
      RETURN QUERY SELECT * FROM ${schema}.find(_tenant, _purpose, _keys);
    END $function$;

    CREATE FUNCTION ${schema}.change(_id text, _places int[], _values int[], _time text, _reason text)
    RETURNS boolean[] LANGUAGE plpgsql ${byIndex} AS $function$
    DECLARE
      _list ${schema}.list;
      _differs boolean[] := '{}';
      _pairs text[] := '{}';
      _before int;
    BEGIN
      SELECT l.* INTO _list FROM ${schema}.list l WHERE l.id = _id FOR UPDATE;
      IF _list.id IS NULL THEN RAISE EXCEPTION 'there is no list % in the store', _id; END IF;
      FOR i IN 1 .. cardinality(_places) LOOP
        SELECT e.value INTO _before FROM ${schema}.entry e WHERE e.list = _id AND e.place = _places[i];
        IF NOT FOUND THEN RAISE EXCEPTION 'place % of list % is not taken', _places[i], _id; END IF;
        _differs := _differs || (_before <> _values[i]);
        CONTINUE WHEN _before = _values[i];
        UPDATE ${schema}.entry e SET value = _values[i] WHERE e.list = _id AND e.place = _places[i];
        INSERT INTO ${schema}.change (list, place, seq) VALUES (_id, _places[i], _list.seq + 1);
        _pairs := _pairs || ('[' || _places[i] || ',' || _values[i] || ']');
      END LOOP;
      IF cardinality(_pairs) > 0 THEN
        PERFORM ${schema}.log(
          _list,
          '{"type":"changed","time":' || to_json(_time) || ',"changes":[' || array_to_string(_pairs, ',') || ']'
            || coalesce(',"reason":' || to_json(_reason), '') || '}',
          _list.allocated,
          _list.version);
      END IF;
      RETURN _differs;
    END $function$;

    CREATE FUNCTION ${schema}.publish(
      _id text, _version int, _covers int, _valid_from text, _valid_until text, _ttl bigint, _credential text, _body text
    ) RETURNS boolean LANGUAGE plpgsql AS $function$
    DECLARE
      _list ${schema}.list;
    BEGIN
      SELECT l.* INTO _list FROM ${schema}.list l WHERE l.id = _id FOR UPDATE;
      IF _list.id IS NULL THEN RAISE EXCEPTION 'there is no list % in the store', _id; END IF;
      IF _version <> _list.version + 1 THEN RETURN false; END IF;
      INSERT INTO ${schema}.published AS p (list, version, covers, valid_from, valid_until, ttl, credential)
        VALUES (_id, _version, _covers, _valid_from, _valid_until, _ttl, _credential)
        ON CONFLICT (list) DO UPDATE SET (version, covers, valid_from, valid_until, ttl, credential)
          = (_version, _covers, _valid_from, _valid_until, _ttl, _credential);
      PERFORM ${schema}.log(_list, _body, _list.allocated, _version);
      RETURN true;
    END $function$;
    `,
  ]
}

/**
 * Runs what is missing of the migrations, as one transaction. A second process waits at the lock until the first is through, and then
 * finds nothing left to do.
 */
export function migrate(schema: string): string {
  const steps = migrations(schema).map(
    (migration, at) => `
      IF NOT EXISTS (SELECT 1 FROM ${schema}.migration WHERE version = ${at + 1}) THEN
        ${migration}
        INSERT INTO ${schema}.migration (version) VALUES (${at + 1});
      END IF;`,
  )
  return `
    DO $migrate$ BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('testamur status'));
      IF to_regnamespace('${schema}') IS NULL THEN CREATE SCHEMA ${schema}; END IF;
      CREATE TABLE IF NOT EXISTS ${schema}.migration (version int PRIMARY KEY);
      ${steps.join('')}
    END $migrate$`
}
