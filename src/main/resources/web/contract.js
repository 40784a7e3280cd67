/** Reads a contract: references, fields, examples; of an OpenAPI document also operations and `curl` lines. Knows no page. */
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export class Contract {
  #document;
  #nameByApart = new Map();

  /** @param apart names of schemas that are shown once and apart: fields end there */
  constructor(document, apart = []) {
    this.#document = document;
    this.info = document.info;
    this.tags = document.tags ?? [];
    for (const name of apart) this.#nameByApart.set(this.schema(name), name);
  }

  /** Follows references until there is something. */
  resolve(node) {
    for (let hops = 0; node?.$ref && hops < 20; hops++) {
      node = node.$ref
        .slice(2)
        .split('/')
        .reduce((at, key) => at?.[decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')], this.#document);
    }
    return node ?? {};
  }

  schema(name) {
    return this.resolve({ $ref: '#/components/schemas/' + name });
  }

  operations() {
    const found = [];
    for (const [path, item] of Object.entries(this.#document.paths)) {
      for (const method of METHODS.filter((m) => item[m])) {
        const operation = item[method];
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((p) => this.resolve(p));
        const security = operation.security ?? this.#document.security ?? [];
        const body = this.resolve(operation.requestBody).content?.['application/json'] ?? null;
        const needsToken = security.length > 0 && security.every((way) => Object.keys(way).length > 0);
        found.push({ ...operation, path, method, parameters, needsToken, body, tag: operation.tags[0] });
      }
    }
    return found;
  }

  /** Every field below a schema, as `host.name` or `rooms[].id`, with its schema and whether it must be there. */
  fields(node, prefix = '', seen = []) {
    const schema = this.resolve(node);
    const isApart = seen.length > 0 && this.#nameByApart.has(schema);
    if (seen.includes(schema) || isApart) return [];
    const inside = [...seen, schema];
    if (Array.isArray(schema.items)) {
      return schema.items.map((item, i) => ({ path: `${prefix}[${i}]`, schema: this.resolve(item), required: true }));
    }
    if (schema.items) {
      return this.fields(schema.items, prefix + '[]', inside).filter((field) => field.path !== prefix + '[]');
    }
    return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
      const path = prefix ? prefix + '.' + name : name;
      const required = (schema.required ?? []).includes(name);
      return [{ path, schema: this.resolve(child), required }, ...this.fields(child, path, inside)];
    });
  }

  type(schema) {
    if (this.#nameByApart.has(schema)) return this.#nameByApart.get(schema);
    const types = [schema.type ?? 'any'].flat().filter((t) => t !== 'null');
    const orNull = [schema.type].flat().includes('null') ? ' or null' : '';
    if (Array.isArray(schema.items)) return `array of ${schema.items.length}` + orNull;
    if (schema.items) return 'array of ' + this.type(this.resolve(schema.items)) + orNull;
    return types.join(' or ') + (schema.format && schema.format !== 'int64' ? ` (${schema.format})` : '') + orNull;
  }

  /** What a value must keep to, in words; a value in backticks is literal. */
  limits(schema) {
    const said = [];
    const range = (least, most, unit) => {
      const noun = unit && (most ?? least) === 1 ? unit.slice(0, -1) : unit;
      if (least > 0 && most != null) said.push(`${least} to ${most}${noun ? ' ' + noun : ''}`);
      else if (most != null) said.push(`at most ${most}${noun ? ' ' + noun : ''}`);
      else if (least != null) said.push(`at least ${least}${noun ? ' ' + noun : ''}`);
    };
    range(schema.minLength, schema.maxLength, 'characters');
    range(schema.minimum, schema.maximum, '');
    if (!Array.isArray(schema.items)) range(schema.minItems, schema.maxItems, 'items');
    if (schema.enum) said.push('one of ' + schema.enum.map((value) => '`' + value + '`').join(' '));
    if (schema.const !== undefined) said.push('always `' + schema.const + '`');
    if (schema.default !== undefined) said.push('default `' + schema.default + '`');
    if (schema.pattern) said.push('matches `' + schema.pattern + '`');
    if (schema.items && !Array.isArray(schema.items)) {
      const each = this.limits(this.resolve(schema.items));
      if (each) said.push('each ' + each);
    }
    return said.join(', ');
  }

  example(media) {
    return media.example !== undefined ? media.example : this.#exampleOf(media.schema);
  }

  #exampleOf(node) {
    const schema = this.resolve(node);
    if (schema.example !== undefined) return schema.example;
    if (schema.const !== undefined) return schema.const;
    if (schema.default !== undefined) return schema.default;
    if (schema.enum) return schema.enum[0];
    if (schema.items) return [this.#exampleOf(schema.items)];
    if (schema.properties) {
      return Object.fromEntries(
        Object.entries(schema.properties).map(([name, child]) => [name, this.#exampleOf(child)]),
      );
    }
    const type = [schema.type].flat()[0];
    return type === 'integer' || type === 'number' ? (schema.minimum ?? 0) : type === 'boolean' ? true : '…';
  }

  /** A line for a POSIX shell; $TOKEN, $ROOM and $STREAM are the reader's. */
  curl(operation, origin) {
    const path = operation.path.replace('{id}', '$ROOM').replace('{stream}', '$STREAM');
    const mark = path.includes('$') ? '"' : '';
    const words = ['curl'];
    const implied = operation.body ? 'post' : 'get';
    if (operation.method !== implied) words.push('-X ' + operation.method.toUpperCase());
    words.push(mark + origin + path + mark);
    if (operation.needsToken) words.push('-H "Authorization: Bearer $TOKEN"');
    for (const p of operation.parameters) {
      if (p.in === 'header' && p.example !== undefined) words.push('-H ' + quoted(p.name + ': ' + p.example));
    }
    if (operation.body) {
      const json = JSON.stringify(this.example(operation.body));
      words.push("-H 'Content-Type: application/json'", '-d ' + quoted(json));
    }
    return words.join(' ');
  }
}

function quoted(text) {
  return "'" + text.replaceAll("'", "'\\''") + "'";
}
