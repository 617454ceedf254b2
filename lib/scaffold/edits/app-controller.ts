import type ts from 'typescript';

import type { EditableSource } from '../source/editable-source.js';
import { addImports } from '../source/imports.js';

/**
 * Opens `GET /` of the controller that `nest new` and `nest generate app` write, whose tests send no token. Other
 * controllers are the application's own: whether they are public is not decided here.
 */
export function openAppController(source: EditableSource): string[] {
  const handler = findHandler(source);
  if (handler === undefined) {
    return [];
  }
  const position = handler.getStart();
  source.insert(position, `@Public()${source.style.lineBreak}${source.indentAt(position)}`);
  addImports(source, ['Public'], 'mandate');
  return ['GET / is @Public()'];
}

/** `@Get() getHello()`, as it is generated, unless something else of this package is on it. */
function findHandler(source: EditableSource): ts.MethodDeclaration | undefined {
  const { ts } = source;
  return source.find((node) => {
    if (!ts.isMethodDeclaration(node) || node.name.getText() !== 'getHello') {
      return undefined;
    }
    const decorators = (ts.getDecorators(node) ?? []).map((decorator) => decorator.getText());
    const isGenerated = /^\{\s*return this\.\w+\.getHello\(\);?\s*\}$/.test(node.body?.getText() ?? '');
    return isGenerated && decorators.length === 1 && decorators[0] === '@Get()' ? node : undefined;
  });
}
