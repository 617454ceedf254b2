// Makes of the comments in lib what readers of the API reference need.
import { Converter, ReflectionKind } from 'typedoc';

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    removeInternalConstructors(project);
    shortenExamples(project);
  });
}

/** Objects whose constructor has no comment are made by the module; its parameters are internal types. */
function removeInternalConstructors(project) {
  for (const constructor of project.getReflectionsByKind(ReflectionKind.Constructor)) {
    if (!constructor.signatures?.some((signature) => signature.hasComment())) {
      project.removeReflection(constructor);
    }
  }
}

/** TypeDoc takes a tag that follows the code of an example for a part of that code. */
function shortenExamples(project) {
  const comments = Object.values(project.reflections).map(({ comment }) => comment);
  const examples = comments.flatMap((comment) => comment?.getTags('@example') ?? []);
  for (const part of examples.flatMap(({ content }) => content)) {
    part.text = part.text.replace(/\s*^@publicApi$/m, '');
  }
}
