// form-js' editor knows English only; what it draws is put into Arabic here, while it draws.
import { FORM_WORDS } from './arabic/form.js';
import { arabic, translator } from './words.js';

const NAMES = ['title', 'aria-label', 'placeholder'];
const PARTS = '.fjs-palette-container, .fjs-properties-container, .fjs-context-pad, .fjs-empty-editor, .bio-properties-panel-tooltip, .bio-properties-panel-popup';

/** @param {function} schema the form as it is: its own words stay as they are */
export function inWords(host, schema) {
  if (!arabic) return;
  const say = translator(FORM_WORDS, { has: (word) => JSON.stringify(schema()).includes(JSON.stringify(word)) });
  const known = new Set(Object.values(FORM_WORDS));
  const text = (value) => {
    const trimmed = value.trim();
    return !trimmed || known.has(trimmed) || !/[A-Za-z]/.test(trimmed) ? null : value.replace(trimmed, say(trimmed));
  };
  const visit = (root) => {
    if (!(root instanceof Element) || !root.closest(PARTS)) {
      root.querySelectorAll?.(PARTS).forEach(visit);
      return;
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of NAMES) {
          const said = node.getAttribute(name) && text(node.getAttribute(name));
          if (said && said !== node.getAttribute(name)) node.setAttribute(name, said);
        }
      } else if (!node.parentElement?.closest('textarea, input, .cm-editor, bdi, .fjs-properties-panel-value')) {
        const said = text(node.data);
        if (said && said !== node.data) node.data = said;
      }
    }
  };
  visit(host);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'childList') change.addedNodes.forEach((node) => visit(node instanceof Element ? node : node.parentElement ?? host));
      else visit(change.target instanceof Element ? change.target : change.target.parentElement ?? host);
    }
  }).observe(host, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES });
}
