import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';

import { MermaidPicture } from './mermaid-picture.js';
import './style.css';

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('MermaidPicture', MermaidPicture);
  },
};

export default theme;
