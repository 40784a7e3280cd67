/** A button that copies a text, and says for a moment that it did. */
const SAID_MS = 2000;

export function makeCopy(button, source, text) {
  const label = button.textContent;
  let timer = 0;
  button.addEventListener('click', async () => {
    let word = 'Copied';
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      // Without https there is no clipboard; the text is at least selected.
      getSelection().selectAllChildren(source);
      word = 'Selected';
    }
    button.textContent = word;
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = label), SAID_MS);
  });
}
