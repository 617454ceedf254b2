import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { readHtmlPage } from './html-page.mjs';

/** A folder of static files, as GitHub Pages serves it: `/x` is the file `x`, or `x.html`, or `x/index.html`. */
export class BuiltSite {
  #folder;
  #home;
  #pages = new Map();

  /**
   * @param {string} folder
   * @param {string} home the address of the site, with a slash at its end
   */
  constructor(folder, home) {
    this.#folder = folder;
    this.#home = new URL(home);
  }

  /** The files of all pages, from the folder. */
  get pages() {
    const files = readdirSync(this.#folder, { recursive: true, encoding: 'utf8' });
    return files.map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.html'));
  }

  /**
   * What is dead in a page: links, anchors, scripts, styles and images. Addresses of other sites are not visited.
   *
   * @param {string} file one of `pages`
   * @returns {string[]}
   */
  faultsIn(file) {
    // The address without `.html`, as readers have it: relative links start there.
    const address = new URL(file.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, ''), this.#home);
    return this.#read(file).addresses.flatMap((link) => this.faultOf(link, address) ?? []);
  }

  /**
   * What is wrong with a link, or undefined. Links to other sites and `mailto:` have no fault.
   *
   * @param {string} link
   * @param {URL} [from] the address of the page that it stands in
   * @returns {string | undefined}
   */
  faultOf(link, from = this.#home) {
    const url = URL.canParse(link, from) ? new URL(link, from) : undefined;
    if (url === undefined) {
      return `${link} is no address`;
    }
    if (url.origin !== this.#home.origin) {
      return undefined;
    }
    if (!url.pathname.startsWith(this.#home.pathname)) {
      return `${link} leads out of ${this.#home.pathname}`;
    }
    const file = this.fileOf(decodeURIComponent(url.pathname.slice(this.#home.pathname.length)));
    if (file === undefined) {
      return `${link} leads to nothing`;
    }
    const anchor = decodeURIComponent(url.hash.slice(1));
    const isThere = anchor === '' || (file.endsWith('.html') && this.#read(file).anchors.has(anchor));
    return isThere ? undefined : `${link} leads to ${file}, which has no such anchor`;
  }

  /**
   * The file that is served for a path, or undefined.
   *
   * @param {string} path from the home of the site
   * @returns {string | undefined}
   */
  fileOf(path) {
    const candidates =
      path === '' || path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`, `${path}/index.html`];
    return candidates.find((candidate) => {
      const file = join(this.#folder, candidate);
      return existsSync(file) && statSync(file).isFile();
    });
  }

  #read(file) {
    const page = this.#pages.get(file) ?? readHtmlPage(readFileSync(join(this.#folder, file), 'utf8'));
    this.#pages.set(file, page);
    return page;
  }
}
