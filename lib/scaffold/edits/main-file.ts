import type ts from 'typescript';

import { CannotEditError, type EditableSource } from '../source/editable-source.js';
import { addImports } from '../source/imports.js';
import { SWAGGER, VALIDATION_PIPE } from '../templates/main-file.js';

/** Lets main.ts validate the bodies of the application's own routes. */
export function addValidationPipe(source: EditableSource): string[] {
  if (/\bValidationPipe\b/.test(source.text)) {
    return [];
  }
  insertAfterCreation(source, VALIDATION_PIPE);
  addImports(source, ['ValidationPipe'], '@nestjs/common');
  return ['validates the bodies of requests'];
}

/** Shows in the OpenAPI document which routes are guarded. */
export function addSecuritySchemes(source: EditableSource): string[] {
  const { ts } = source;
  if (/\bauthSecuritySchemes\b/.test(source.text)) {
    return [];
  }
  const call = source.find((node) =>
    ts.isCallExpression(node) && node.expression.getText() === 'SwaggerModule.createDocument' ? node : undefined,
  );
  if (call === undefined) {
    insertAfterCreation(source, SWAGGER);
    addImports(source, ['DocumentBuilder', 'SwaggerModule'], '@nestjs/swagger');
  } else {
    addToDocument(source, call);
  }
  addImports(source, ['authSecuritySchemes'], 'mandate/http');
  return ['shows in the OpenAPI document which routes are guarded'];
}

function addToDocument(source: EditableSource, call: ts.CallExpression): void {
  const [app, description] = call.arguments;
  if (app === undefined || description === undefined || !source.ts.isIdentifier(description)) {
    throw new CannotEditError('the second argument of SwaggerModule.createDocument() is no variable');
  }
  const base = source.indentAt(call.getStart());
  const code = [
    '{',
    `  ...${description.text},`,
    '  components: {',
    `    ...${description.text}.components,`,
    `    securitySchemes: { ...${description.text}.components?.securitySchemes, ...authSecuritySchemes(${app.getText()}) },`,
    '  },',
    '}',
  ].join('\n');
  source.replace(description.getStart(), description.getEnd(), source.styled(code, base).trimStart());
}

/** Inserts code after `const app = await NestFactory.create(...)`, for the name that the file has for `app`. */
function insertAfterCreation(source: EditableSource, code: string): void {
  const { ts, style } = source;
  const created = source.find((node) => {
    if (!ts.isVariableStatement(node)) {
      return undefined;
    }
    const [declaration] = node.declarationList.declarations;
    const isCreation = /\bNestFactory\s*\.\s*create\b/.test(declaration?.initializer?.getText() ?? '');
    return isCreation && declaration !== undefined && ts.isIdentifier(declaration.name)
      ? { statement: node, name: declaration.name.text }
      : undefined;
  });
  if (created === undefined) {
    throw new CannotEditError('it does not say const app = await NestFactory.create(...)');
  }
  const named = code.replaceAll(/\bapp\b(?=[.,)])/g, created.name);
  const styled = source.styled(named, source.indentAt(created.statement.getStart()));
  source.insert(created.statement.getEnd(), style.lineBreak + styled);
}
