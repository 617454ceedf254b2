// A file of its own, which is loaded late: the package is optional, and bundlers give its members under `default` alone to an
// import() of the package itself.
export { ClassicLevel } from 'classic-level';
