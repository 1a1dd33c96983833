// The answers of the API by method and path, for the calls of src/main/console. A screen writes a path with values in
// it: `/users/${id}` stands for the operations of /api/v1/users/{id}. A path that the description lacks is an error.
import type { components, paths } from './openapi';

type Written<Path extends string> = Path extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${string}${Written<After>}`
  : Path;

type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;

type Described<Path extends string> = {
  [Key in keyof paths & string]: Same<Written<Key>, `/api/v1${Path}`> extends true ? Key : never;
}[keyof paths & string];

type Operation<Method extends string, Path extends string> =
  Described<Path> extends infer Key extends keyof paths
    ? Method extends keyof paths[Key]
      ? NonNullable<paths[Key][Method]>
      : never
    : never;

type Content<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : null;

type Succeeded<Described> = Described extends { responses: infer Responses }
  ? Content<Responses[keyof Responses & (200 | 201 | 202 | 204)]>
  : never;

type Parameters<Described> = Described extends { parameters: { query?: infer Query } } ? NonNullable<Query> : {};

declare global {
  namespace Api {
    /** The values that a schema of the description admits. */
    type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

    /** The path itself, unless the description has no such operation; paths put together elsewhere are not checked. */
    type Known<Method extends string, Path extends string> = string extends Path
      ? Path
      : [Operation<Method, Path>] extends [never]
        ? never
        : Path;

    type Answer<Method extends string, Path extends string> = string extends Path ? any : Succeeded<Operation<Method, Path>>;

    /** The names of the query parameters. Values may be left open: a call leaves them out then. */
    type Query<Path extends string> = string extends Path
      ? Record<string, unknown>
      : { [Name in keyof Parameters<Operation<'get', Path>>]?: unknown };

    /** A page of a list. */
    type Page<Item> = { data: Item[]; pagination: Schema<'Pagination'> };
  }
}
