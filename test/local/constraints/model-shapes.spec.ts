import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as sdk from '@aws-sdk/client-cognito-identity-provider';

import { constraintsModule } from '../../../.ci/constraints.mjs';
import { MODEL_SHAPES } from '../../../lib/local/constraints/model-shapes.js';
import { NEWER_SHAPES } from '../../../lib/local/constraints/newer-shapes.js';
import { inputShapeOf, OPERATION_NAMES, shapeOf } from '../../../lib/local/constraints/shapes.js';

const root = join(__dirname, '..', '..', '..');
const model = process.env['COGNITO_API_MODEL'] ?? join(root, '..', 'shared', 'reference', 'api-model.json');
const names = [...Object.keys(MODEL_SHAPES), ...Object.keys(NEWER_SHAPES)];
const exported = sdk as unknown as Readonly<Record<string, unknown>>;

/** A structure in the SDK: kind, namespace, name, traits, members, their shapes, and how many of them are required. */
type SdkStructure = readonly [number, string, string, number, readonly string[], readonly unknown[], number?];

describe('the table of constraints', () => {
  it('has every operation of the SDK', () => {
    const commands = Object.keys(sdk).filter((name) => name.endsWith('Command') && name !== '$Command');
    expect([...OPERATION_NAMES].sort()).toEqual(commands.map((name) => name.slice(0, -'Command'.length)).sort());
  });

  it.each(OPERATION_NAMES)('has shapes for everything in %s', (operation) => {
    const visit = (name: string): void => {
      const shape = shapeOf(name);
      const parts = shape.type === 'structure' ? Object.values(shape.members) : Object.values(shape);
      const isComposite = shape.type === 'structure' || shape.type === 'list' || shape.type === 'map';
      (isComposite ? parts : []).filter((part) => typeof part === 'string' && part !== shape.type).forEach(visit);
    };
    expect(() => {
      visit(inputShapeOf(operation));
    }).not.toThrow();
  });

  it('has the enumerations of the SDK', () => {
    const enumerations = names.flatMap((name) => {
      const shape = shapeOf(name);
      return shape.type === 'string' && shape.enum !== undefined ? [[name, [...shape.enum].sort()] as const] : [];
    });
    expect(enumerations.length).toBeGreaterThan(30);
    expect(enumerations).toEqual(enumerations.map(([name]) => [name, Object.values(exported[name] ?? {}).sort()]));
  });

  it('has the structures of the SDK', () => {
    const structures = names.flatMap((name) => {
      const theirs = exported[`${name}$`] as SdkStructure | undefined;
      return theirs === undefined ? [] : [[name, theirs] as const];
    });
    expect(structures.length).toBeGreaterThan(150);
    for (const [name, [, , , , members, , required = 0]] of structures) {
      const ours = shapeOf(name);
      const own = ours.type === 'structure' ? ours : undefined;
      expect([name, Object.keys(own?.members ?? {}).sort()]).toEqual([name, [...members].sort()]);
      if (name !== 'GetDeviceRequest' && name !== 'ForgetDeviceRequest') {
        expect([name, [...(own?.required ?? [])].sort()]).toEqual([name, members.slice(0, required).sort()]);
      }
    }
  });

  if (existsSync(model)) {
    it('is what the script makes of the model', () => {
      const module = readFileSync(join(root, 'lib', 'local', 'constraints', 'model-shapes.ts'), 'utf8');
      expect(constraintsModule(JSON.parse(readFileSync(model, 'utf8')))).toBe(module);
    });
  } else {
    it.skip('is what the script makes of the model: name the model file in COGNITO_API_MODEL', () => undefined);
  }
});
