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
    insertBeforeListening(source, SWAGGER);
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
  const { statement, name } = creationOf(source);
  source.insert(statement.getEnd(), source.style.lineBreak + codeFor(source, code, statement, name));
}

/** Inserts code before `app.listen(...)`: it has to see what stands between, such as a global prefix. */
function insertBeforeListening(source: EditableSource, code: string): void {
  const { ts, style } = source;
  const { name } = creationOf(source);
  const listening = source.find((node) =>
    ts.isExpressionStatement(node) && new RegExp(`^(?:await |void )?${name}\\s*\\.\\s*listen\\(`).test(node.getText())
      ? node
      : undefined,
  );
  if (listening === undefined) {
    insertAfterCreation(source, code);
    return;
  }
  const styled = codeFor(source, code, listening, name);
  source.insert(listening.getStart(), styled.trimStart() + style.lineBreak + source.indentAt(listening.getStart()));
}

function codeFor(source: EditableSource, code: string, beside: ts.Node, name: string): string {
  return source.styled(code.replaceAll(/\bapp\b(?=[.,)])/g, name), source.indentAt(beside.getStart()));
}

function creationOf(source: EditableSource): { statement: ts.Statement; name: string } {
  const { ts } = source;
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
  return created;
}
