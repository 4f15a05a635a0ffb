import type { Output } from './assess.js';
export type DiagramOptions = {
  readonly version?: string;
  readonly jurisdiction?: string;
  readonly format: string;
  readonly write?: boolean;
  readonly check?: boolean;
};
export const diagram = (_policy: string, _options: DiagramOptions, _out: Output): number => 1;
