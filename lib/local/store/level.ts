// Loaded late, as the package may be missing.
export { ClassicLevel } from 'classic-level';
