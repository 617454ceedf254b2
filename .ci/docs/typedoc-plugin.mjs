// Leaves constructors without a comment out of the API reference: their objects are made by the module, and their
// parameters are internal types.
import { Converter, ReflectionKind } from 'typedoc';

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const constructor of project.getReflectionsByKind(ReflectionKind.Constructor)) {
      if (!constructor.signatures?.some((signature) => signature.hasComment())) {
        project.removeReflection(constructor);
      }
    }
  });
}
