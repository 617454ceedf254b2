import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { root } from './page.js';

/** A member of an interface or a class, as the source declares it. */
export interface DeclaredMember {
  readonly name: string;
  /** Without `readonly`, `| undefined` and line breaks. */
  readonly type: string;
  readonly isOptional: boolean;
  /** The text of its TSDoc on one line. */
  readonly doc: string;
}

/** The members that interfaces of a file declare themselves. */
export function membersOf(file: string, ...interfaces: readonly string[]): DeclaredMember[] {
  const source = parse(file);
  const members = source.statements
    .filter(ts.isInterfaceDeclaration)
    .filter(({ name }) => interfaces.includes(name.text))
    .flatMap((declaration) => declaration.members.filter(ts.isPropertySignature).map(memberOf));
  if (members.length === 0) {
    throw new Error(`${file} has no ${interfaces.join(', ')}.`);
  }
  return members;
}

/** The members of the object type that a member of an interface may have: those of `{ ... }` in `a: true | { ... }`. */
export function nestedMembersOf(file: string, name: string, member: string): DeclaredMember[] {
  const declaration = parse(file)
    .statements.filter(ts.isInterfaceDeclaration)
    .find((statement) => statement.name.text === name);
  const property = declaration?.members.filter(ts.isPropertySignature).find((each) => each.name.getText() === member);
  const types: readonly ts.TypeNode[] = property?.type && ts.isUnionTypeNode(property.type) ? property.type.types : [];
  const literals = types.filter((type) => ts.isTypeLiteralNode(type));
  const members = literals.flatMap((type) => type.members.filter(ts.isPropertySignature));
  if (members.length === 0) {
    throw new Error(`${file} has no object type for ${name}.${member}.`);
  }
  return members.map(memberOf);
}

/** A public method or getter of a class or of an interface. */
export interface DeclaredMethod {
  readonly name: string;
  readonly doc: string;
}

/** The public methods and getters of a class or an interface, without those for this package alone. */
export function methodsOf(file: string, name: string): DeclaredMethod[] {
  const declaration = parse(file).statements.find(
    (statement): statement is ts.ClassDeclaration | ts.InterfaceDeclaration =>
      (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)) && statement.name?.text === name,
  );
  if (declaration === undefined) {
    throw new Error(`${file} does not declare ${name}.`);
  }
  const members: readonly (ts.ClassElement | ts.TypeElement)[] = declaration.members;
  return members.filter(isPublicMethod).map((method) => ({ name: method.name?.getText() ?? '', doc: docOf(method) }));
}

export function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

function isPublicMethod(member: ts.ClassElement | ts.TypeElement): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (
    (ts.isMethodDeclaration(member) || ts.isGetAccessor(member) || ts.isMethodSignature(member)) &&
    ts.isIdentifier(member.name) &&
    (ts.getCombinedModifierFlags(member) & hidden) === 0 &&
    !ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal')
  );
}

function memberOf(member: ts.PropertySignature): DeclaredMember {
  return {
    name: member.name.getText(),
    type: (member.type?.getText() ?? '')
      .replaceAll(/\breadonly /g, '')
      .replaceAll(/ ?\| undefined\b/g, '')
      .replaceAll(/\s+/g, ' ')
      .replace(/^\| /, '')
      .trim(),
    isOptional: member.questionToken !== undefined,
    doc: docOf(member),
  };
}

function docOf(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .map((comment) => comment.getText())
    .join(' ')
    .replaceAll(/^\s*\/?\*+\/?/gm, ' ')
    .replaceAll(/\s+/g, ' ');
}
