import type { MermaidConfig } from 'mermaid';

import { DARK, LIGHT } from './picture-colors.js';

/** How far a picture shrinks on a narrow screen before it scrolls: letters of 16 pixels become 12. */
const SMALLEST = 0.75;

/** Draws a picture as SVG. Mermaid is large: pages without a picture never load it. */
export async function drawPicture(id: string, text: string, isDark: boolean): Promise<string> {
  const { default: mermaid } = await import('mermaid');
  mermaid.initialize(configuration(isDark));
  const { svg } = await mermaid.render(id, text);
  return withSmallestWidth(svg);
}

function configuration(isDark: boolean): MermaidConfig {
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    fontFamily: getComputedStyle(document.body).fontFamily,
    theme: 'base',
    themeVariables: isDark ? DARK : LIGHT,
  };
}

/** Mermaid writes the natural width as `max-width: 512px`, and lets the picture shrink without an end. */
function withSmallestWidth(svg: string): string {
  return svg.replace(
    /max-width: ?([\d.]+)px/,
    (style, width: string) => `${style}; min-width: ${String(Math.round(Number(width) * SMALLEST))}px`,
  );
}
