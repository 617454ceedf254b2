/** How the pages of managed login look for an app client, as far as the embedded Cognito shows it. */
export interface PageBranding {
  /** Text in place of a logo, such as the name of the company. */
  readonly logoText?: string;
  /** Added to the title of the browser's window. */
  readonly title?: string;
  /** Colour of buttons in CSS hexadecimal notation: `#1450a3`. */
  readonly color?: string;
}
