import 'reflect-metadata';

/*
 * What @nestjs/swagger 11 and 12 read of handlers. That package is optional, so its names are literals here: of
 * dist/constants.js, and of plugin/plugin-constants.js. Nest exports its own from internal files, which differ between
 * versions.
 *
 * How it merges them (swagger-explorer.js, swagger-transformer.js): an operation has the members of `apiOperation`, which
 * replace those that other metadata results in. `apiSecurity` of the handler follows that of its class, but an empty list
 * is dropped, so only `apiOperation` can say that an operation needs no security. Each status of `apiResponse` of the
 * handler replaces that of its class. Metadata of the compiler plugin, and the default response, count only for a handler
 * without `apiOperation` and `apiResponse`.
 */
export const OPERATION = 'swagger/apiOperation';
export const RESPONSES = 'swagger/apiResponse';
export const PARAMETERS = 'swagger/apiParameters';
export const EXTRA_MODELS = 'swagger/apiExtraModels';
export const TAGS = 'swagger/apiUseTags';
const SECURITY = 'swagger/apiSecurity';
const PLUGIN_FACTORY = '_OPENAPI_METADATA_FACTORY';
const HTTP_CODE = '__httpCode__';
const METHOD = 'method';

/** Where the metadata of the application is kept. */
const DECLARED = 'mandate:declared-openapi';

/** Values of `RequestMethod`. */
const POST = 1;
/** GET, OPTIONS, HEAD. */
const SAFE_METHODS: readonly unknown[] = [0, 6, 7];

/** What the compiler plugin says of an operation and not of its response. */
const OPERATION_MEMBERS: readonly string[] = ['summary', 'deprecated', 'tags'];

type Members = Readonly<Record<string, unknown>>;

/** What is known of an operation. */
export interface OperationDescription {
  /** Undefined: not known. An empty list: none. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[] | undefined;
  /** By HTTP status. */
  readonly responses: Members;
}

/** A handler of a controller. */
export interface DocumentedHandler {
  readonly callback: () => unknown;
  readonly owner: abstract new (...args: never[]) => unknown;
}

interface Declared {
  readonly operation: Members | undefined;
  readonly responses: Members | undefined;
}

/**
 * Adds the description of an operation to what the decorators of @nestjs/swagger and its compiler plugin say of a handler,
 * which win. It is read when a document is made: then all guards of the application are known, and the metadata of the
 * plugin, which SWC's users load after the application was created.
 */
export function documentHandler(handler: DocumentedHandler, describe: () => OperationDescription): void {
  const { callback } = handler;
  const declared = declaredAt(callback);
  const isSecured = () => [callback, handler.owner].some((target) => Reflect.hasMetadata(SECURITY, target));
  const operation = lazyRecord(() => {
    const { security } = describe();
    const own = declared.operation ?? operationOfPlugin(handler);
    return { ...(security !== undefined && !isSecured() && { security }), ...own };
  });
  const responses = lazyRecord(() => {
    const ofClass = (Reflect.getMetadata(RESPONSES, handler.owner) ?? {}) as Members;
    const added = Object.entries(describe().responses).filter(([status]) => !(status in ofClass));
    return { ...Object.fromEntries(added), ...(declared.responses ?? responsesOfPlugin(handler)) };
  });
  Reflect.defineMetadata(OPERATION, operation, callback);
  Reflect.defineMetadata(RESPONSES, responses, callback);
}

/** Whether requests to a handler change nothing (RFC 9110, section 9.2.1). */
export function isSafe(callback: () => unknown): boolean {
  return SAFE_METHODS.includes(Reflect.getMetadata(METHOD, callback));
}

/** The metadata before this package added to it; several applications of one process may share a controller. */
function declaredAt(callback: () => unknown): Declared {
  const known = Reflect.getOwnMetadata(DECLARED, callback) as Declared | undefined;
  const declared = known ?? {
    operation: Reflect.getMetadata(OPERATION, callback) as Members | undefined,
    responses: Reflect.getMetadata(RESPONSES, callback) as Members | undefined,
  };
  Reflect.defineMetadata(DECLARED, declared, callback);
  return declared;
}

function operationOfPlugin(handler: DocumentedHandler): Members {
  const { summary, description, deprecated, tags } = pluginMetadata(handler);
  const entries = Object.entries({ summary, description, deprecated, tags }).filter(([, value]) => value != null);
  return entries.length === 0 ? {} : { summary: '', ...Object.fromEntries(entries) };
}

function responsesOfPlugin(handler: DocumentedHandler): Members {
  const { status, ...members } = pluginMetadata(handler);
  const meta = Object.fromEntries(Object.entries(members).filter(([name]) => !OPERATION_MEMBERS.includes(name)));
  const { type, description = '' } = meta;
  const code = typeof status === 'number' ? status : statusOf(handler.callback);
  const single: unknown = Array.isArray(type) ? type[0] : type;
  const typed = Object.keys(meta).length === 0 ? {} : { ...meta, type: single, isArray: Array.isArray(type) };
  return { [code]: { ...typed, description } };
}

/** What the compiler plugin found out about a handler, of the nearest class that knows it. */
function pluginMetadata({ callback, owner }: DocumentedHandler): Members {
  for (let type: unknown = owner; typeof type === 'function'; type = Object.getPrototypeOf(type)) {
    const factory: unknown = Object.getOwnPropertyDescriptor(type, PLUGIN_FACTORY)?.value;
    const found = typeof factory === 'function' ? (factory as () => Members)()[callback.name] : undefined;
    if (found !== undefined) {
      return found as Members;
    }
  }
  return {};
}

function statusOf(callback: () => unknown): number {
  const status = Reflect.getMetadata(HTTP_CODE, callback) as number | undefined;
  return status ?? (Reflect.getMetadata(METHOD, callback) === POST ? 201 : 200);
}

/** An object whose members are computed when they are read. */
export function lazyRecord(compute: () => Members): object {
  return new Proxy({}, readsOf(compute));
}

/** A list whose items are computed when they are read. */
export function lazyList(compute: () => readonly object[]): readonly object[] {
  return new Proxy<object[]>([], readsOf(compute));
}

function readsOf(compute: () => object): ProxyHandler<object> {
  return {
    ownKeys: () => Reflect.ownKeys(compute()),
    has: (_, key) => Reflect.has(compute(), key),
    get: (_, key) => Reflect.get(compute(), key) as unknown,
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(compute(), key),
  };
}
