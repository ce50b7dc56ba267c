// What the page says, in the reader's language, and what it knows about itself. Both come with the page as data.
const page = document.getElementById('studio');
const given = page ? JSON.parse(page.textContent) : { words: {} };

/** What the server told this page: draft, path, whether it can be changed, language. */
export const here = given;

/** Proves that a style sheet was made by our own scripts. */
export const nonce = page?.nonce ?? '';

export const arabic = document.documentElement.lang === 'ar';

/** A sentence by its key, with its values in place of {0}, {1} ... */
export function say(key, ...values) {
  const sentence = given.words[`editor.${key}`] ?? key;
  return values.reduce((text, value, at) => text.replaceAll(`{${at}}`, String(value)), sentence);
}

/** An element with attributes and children; texts become text, never markup. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * Translates what a library says; words that are missing are collected, so that a test can name them.
 *
 * @param {object} dictionary Arabic words by English ones
 * @param {Set} own texts of ours that pass through the library and are in the reader's language already
 */
export function translator(dictionary, own = new Set()) {
  const missing = (window.missingWords ??= new Set());
  return function translate(template, replacements = {}) {
    let text = template;
    if (arabic) {
      text = dictionary[template];
      if (text === undefined) {
        if (/[A-Za-z]/.test(template) && !own.has(template)) missing.add(template);
        text = template;
      }
    }
    return text.replace(/{([^}]+)}/g, (whole, name) => replacements[name] ?? whole);
  };
}

/** Letters must be there before anything is measured with them. */
export function fonts() {
  return Promise.all(['400 12px "IBM Plex Sans"', '400 12px "IBM Plex Sans Arabic"'].map((font) => document.fonts.load(font, 'aب')));
}

export const FONT = '"IBM Plex Sans", "IBM Plex Sans Arabic", sans-serif';
