/** What the hall says when nobody is live: how to open a first room, or that nobody has this tag. */
import { makeCopy } from './copy.js';
import { write } from './look.js';

export class Empty {
  #parts;
  #mode = 'simulated';
  #tag = null;

  /** @param parts {root, title, text, shell, commands, copy, all} */
  constructor(parts) {
    this.#parts = parts;
    makeCopy(parts.copy, parts.commands, () => commands(this.#mode).join('\n') + '\n');
  }

  /** @param mode of the cloud, as the status tells it */
  learn(mode) {
    if (mode === this.#mode) return;
    this.#mode = mode;
    if (!this.#parts.root.hidden) this.show(this.#tag);
  }

  hide() {
    this.#parts.root.hidden = true;
  }

  show(tag) {
    const { root, title, text, shell, commands: list, all } = this.#parts;
    this.#tag = tag;
    root.hidden = false;
    write(title, tag ? 'Nobody is live with this tag' : 'Nobody is live yet');
    write(text, tag ? 'The next one appears here by itself.' : advice(this.#mode));
    shell.hidden = Boolean(tag);
    all.hidden = !tag;
    commands(this.#mode).forEach((line, i) => write(list.children[i], line));
  }
}

function advice(mode) {
  return mode === 'simulated'
    ? 'Open the first room from a terminal. The last command plays the phone that pushes; the room appears here by itself.'
    : 'Open the first room from a terminal, and push a stream to the address in the last answer. The room appears here by itself.';
}

/** Three lines for a POSIX shell: an account, a token, a room (and its stream). */
function commands(mode) {
  const json = "-H 'Content-Type: application/json' -d";
  const account = `'{"userId":"mei","password":"sing-along"}'`;
  const at = location.origin;
  const open = `curl -s ${at}/v1/rooms -H "Authorization: Bearer $TOKEN" ${json} '{"title":"你好 Hello","tags":["music"]}'`;
  return [
    `curl -s ${at}/v1/accounts ${json} ${account}`,
    `TOKEN=$(curl -s ${at}/v1/sessions ${json} ${account} | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')`,
    mode === 'simulated'
      ? `STREAM=$(${open} | sed 's#.*"url":"[^"?]*/\\([a-z0-9_]*\\).*#\\1#'); curl -s -X POST ${at}/dev/streams/$STREAM/up`
      : open,
  ];
}
