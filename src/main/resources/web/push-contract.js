/** Reads the AsyncAPI document of the push protocol: its sections, messages, conversation, close codes. Knows no page. */
import { Contract } from './contract.js';

export class PushContract extends Contract {
  #document;
  #channel;

  constructor(document) {
    super(document, ['Room']);
    this.#document = document;
    this.#channel = Object.values(document.channels)[0];
    this.closeCodes = this.#channel['x-close-codes'] ?? [];
    this.conversation = this.#channel['x-conversation'] ?? [];
  }

  /** What the description says before its first heading. */
  get lead() {
    return this.info.description.split(/^## /m)[0];
  }

  /** The parts of the description, by their headings. */
  sections() {
    const parts = this.info.description.split(/^## /m).slice(1);
    return parts.map((part) => {
      const end = part.indexOf('\n');
      const title = part.slice(0, end).trim();
      return { id: 'push-' + slug(title), title, text: part.slice(end) };
    });
  }

  /** Every message, with who says it, what answers it, and what it answers. */
  messages() {
    const operations = Object.values(this.#document.operations);
    const keysOf = (nodes) => (nodes ?? []).map((node) => node.$ref.split('/').pop());
    const asked = operations.filter((operation) => operation.action === 'receive');
    return Object.entries(this.#channel.messages).map(([key, node]) => {
      const message = this.resolve(node);
      const own = asked.filter((operation) => keysOf(operation.messages).includes(key));
      return {
        ...message,
        id: 'push-' + slug(key),
        from: own.length > 0 ? 'client' : 'server',
        answeredBy: own.flatMap((operation) => keysOf(operation.reply?.messages)),
        answers: asked
          .filter((operation) => keysOf(operation.reply?.messages).includes(key))
          .flatMap((operation) => keysOf(operation.messages)),
      };
    });
  }

  /** The title of a message, and where it is shown. */
  linkOf(key) {
    return { id: 'push-' + slug(key), text: this.resolve(this.#channel.messages[key]).title };
  }
}

/**
 * JSON for people: what fits into a line stays on it.
 *
 * @param replace gives other text for a value that is too long to be shown; null for all others
 */
export function readable(value, { width = 76, replace = () => null } = {}) {
  const write = (node, indent) => {
    const other = replace(node);
    if (other !== null) return other;
    if (node === null || typeof node !== 'object') return JSON.stringify(node);
    const isList = Array.isArray(node);
    const entries = Object.entries(node).map(([key, child]) => [isList ? '' : JSON.stringify(key) + ': ', child]);
    const [open, close] = isList ? '[]' : '{}';
    const flat = open + entries.map(([key, child]) => key + write(child, '')).join(', ') + close;
    if (flat.length + indent.length <= width && !flat.includes('\n')) return flat;
    const inner = indent + '  ';
    const lines = entries.map(([key, child]) => inner + key + write(child, inner));
    return open + '\n' + lines.join(',\n') + '\n' + indent + close;
  };
  return write(value, '');
}

function slug(text) {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
