// A drawing in Arabic: every step carries its Arabic name beside the English one, and the drawing says that one.
import { properties } from './blocks.js';

class ArabicLabels {
  constructor(eventBus, textRenderer) {
    this.names = new Map();
    const { createText, getExternalLabelBounds } = textRenderer;
    textRenderer.createText = (text, options) => createText(this.said(text), options);
    textRenderer.getExternalLabelBounds = (bounds, text) => getExternalLabelBounds(bounds, this.said(text));
    eventBus.on('import.parse.complete', ({ definitions }) => definitions?.rootElements?.forEach((root) => this.learn(root)));
    // Before it is drawn again.
    eventBus.on('element.changed', 2000, ({ element }) => this.learn(element.businessObject));
  }

  said(text) {
    return this.names.get(text) ?? text;
  }

  learn(element) {
    if (!element?.get) return;
    const arabic = properties(element).find((one) => one.name === 'name-ar')?.value;
    if (element.name && arabic) this.names.set(element.name, arabic);
    for (const child of element.flowElements ?? []) this.learn(child);
  }
}
ArabicLabels.$inject = ['eventBus', 'textRenderer'];

export const arabicLabels = { __init__: ['arabicLabels'], arabicLabels: ['type', ArabicLabels] };
