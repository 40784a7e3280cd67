/** Turns words into elements. They become text nodes only. */

export function verb(method) {
  return make('span', 'verb ' + method, method.toUpperCase());
}

/** As much of Markdown as the contract uses: paragraphs, lists, `code`. */
export function prose(text) {
  if (!text) return [];
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((block) => {
      if (!block.startsWith('- ')) return inline(make('p'), block);
      const ul = make('ul', 'points');
      for (const point of block.split(/\n(?=- )/)) ul.append(inline(make('li'), point.slice(2)));
      return ul;
    });
}

export function inline(element, text) {
  text
    .replace(/\s*\n\s*/g, ' ')
    .split(/`([^`]*)`/)
    .forEach((part, i) => {
      if (part) element.append(i % 2 ? make('code', '', part) : part);
    });
  return element;
}

export function make(name, className = '', text = '') {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
