export type { BrowserSession } from './session/browser-session.js';
