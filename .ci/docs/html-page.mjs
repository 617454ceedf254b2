import { Parser } from 'htmlparser2';

/** The attributes that hold an address, by element. */
const ADDRESSES = {
  a: 'href',
  area: 'href',
  link: 'href',
  script: 'src',
  img: 'src',
  source: 'src',
  iframe: 'src',
  use: 'href',
};

/**
 * @typedef {object} HtmlPage
 * @property {Set<string>} anchors what a link to this page may have after its `#`
 * @property {string[]} addresses what the page links to or loads, as written, each once
 */

/**
 * @param {string} html
 * @returns {HtmlPage}
 */
export function readHtmlPage(html) {
  const anchors = new Set();
  const addresses = new Set();
  const parser = new Parser({
    onopentag(name, attributes) {
      for (const anchor of [attributes.id, name === 'a' ? attributes.name : undefined]) {
        if (anchor !== undefined) {
          anchors.add(anchor);
        }
      }
      const address = attributes[ADDRESSES[name]];
      if (address !== undefined) {
        addresses.add(address);
      }
    },
  });
  parser.end(html);
  return { anchors, addresses: [...addresses] };
}
