/** The panel that tells whether the server is well, and the line at the foot. Asked every few seconds while someone looks. */
import { make, write } from './look.js';

const EVERY_MS = 5000;
const TIMEOUT_MS = 8000;
const CHECKS = { postgres: 'PostgreSQL', redis: 'Redis', cluster: 'Cluster', list: 'List' };
const CLOUDS = { simulated: 'simulated cloud', legacy: 'Tencent Cloud (legacy API)', v3: 'Tencent Cloud' };

export class Status {
  #parts;
  #onTold;
  #say;
  #isWell = null;
  #timer = 0;

  /** @param parts {panel, verdict, checks, facts}; @param hear {onTold(status | null), say(text)} */
  constructor(parts, { onTold, say }) {
    this.#parts = parts;
    this.#onTold = onTold;
    this.#say = say;
    document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(this.#timer) : this.#ask()));
    this.#ask();
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#show(await askStatus());
    if (!document.hidden) this.#timer = setTimeout(() => this.#ask(), EVERY_MS);
  }

  #show(status) {
    const { panel, verdict, checks } = this.#parts;
    const isWell = Boolean(status?.well);
    const word = !status ? 'No answer from the server' : isWell ? 'All is well' : 'Not all is well';
    if (this.#isWell !== isWell) {
      if (this.#isWell !== null) this.#say(word + '.');
      // What is wrong is shown without a click.
      panel.open = Boolean(status) && !isWell;
    }
    this.#isWell = isWell;
    verdict.dataset.well = String(isWell);
    write(verdict, word);
    if (status) {
      this.#showChecks(status.checks ?? {});
      write(this.#parts.facts, factsOf(status));
    } else {
      for (const row of checks.children) row.dataset.well = 'unknown';
    }
    this.#onTold(status);
  }

  #showChecks(checks) {
    const list = this.#parts.checks;
    const names = Object.keys(checks);
    while (list.children.length > names.length) list.lastElementChild.remove();
    names.forEach((name, i) => {
      const row = list.children[i] ?? makeRow(list);
      const [label, state, detail] = row.children;
      row.dataset.well = String(Boolean(checks[name].well));
      write(label, CHECKS[name] ?? name);
      write(state, checks[name].well ? ' is well: ' : ' is not well: ');
      write(detail, String(checks[name].detail ?? ''));
    });
  }
}

async function askStatus() {
  try {
    const answer = await fetch('/v1/status', { signal: AbortSignal.timeout(TIMEOUT_MS), cache: 'no-store' });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function makeRow(list) {
  const row = make('li', '', list);
  make('strong', '', row);
  make('span', 'unseen', row);
  make('span', '', row);
  return row;
}

function factsOf({ name, version, node, mode, startedAt, asOf }) {
  const since = new Date(startedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const facts = [`${name} ${version}`, `node ${node}`, CLOUDS[mode] ?? mode, `up since ${since}`];
  if (asOf) facts.push(`log ${asOf.epoch}:${asOf.seq}`);
  return facts.join(' · ');
}
