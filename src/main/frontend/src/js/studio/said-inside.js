// Words that a library writes into the page without asking for a translation.

/**
 * Says them in the reader's language as soon as they appear.
 *
 * @param {Element} root where the library writes
 * @param {Array<[RegExp, string]>} sentences what it says, wholly, and what stands there instead
 */
export function saidInside(root, sentences) {
  const translated = (text) => {
    const said = text.trim();
    const found = said && sentences.find(([pattern]) => pattern.test(said));
    return found ? text.replace(said, said.replace(...found)) : text;
  };
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = translated(node.data);
      if (text !== node.data) node.data = text;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const title = node.getAttribute('title');
    if (title && translated(title) !== title) node.setAttribute('title', translated(title));
    node.childNodes.forEach(visit);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'characterData' || change.type === 'attributes') visit(change.target);
      else change.addedNodes.forEach(visit);
    }
  }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['title'] });
  visit(root);
}
