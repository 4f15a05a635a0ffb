import type { Command } from 'commander';

/** Builds one sub-command of `tranche`, for example `tranche up`. One file per command; `commands.ts` lists them. */
export type CommandFactory = () => Command;
