// What public pages read of policies; a published version never changes, which ones are in force does.

import { useQuery } from '@tanstack/react-query';
import { api, good, type Schemas } from '../api/client.js';

export type Published = Schemas['PublishedPolicy'];
export type PolicyVersion = Schemas['PolicySummary'];

/** Policies in force on a day (the legal day where none is given), with papers, funds and sources. */
export const usePublished = (on?: string, enabled = true) =>
  useQuery({
    queryKey: ['public', 'policies', on ?? null],
    enabled,
    staleTime: 60_000,
    queryFn: () => good(api.GET('/api/v1/public/policies', { params: { query: on === undefined ? {} : { on } } })),
  });

/** A policy with all its versions. */
export const useVersions = (id: string) =>
  useQuery({
    queryKey: ['public', 'policy', id],
    staleTime: 60_000,
    queryFn: () => good(api.GET('/api/v1/policies/{id}', { params: { path: { id } } })),
  });

/** What this version says with nothing known yet: its rules, amounts, stages and parameters, each with its clause. */
export const useSaid = (policy: PolicyVersion) =>
  useQuery({
    queryKey: ['public', 'said', policy.id, policy.version, policy.jurisdiction],
    staleTime: 60_000,
    queryFn: () =>
      good(
        api.POST('/api/v1/policies/{id}/assess', {
          params: { path: { id: policy.id } },
          body: { on: policy.from, jurisdiction: policy.jurisdiction, facts: {} },
        }),
      ),
  });

export const versionKey = ({ jurisdiction, version }: { readonly jurisdiction: string; readonly version: string }) =>
  `${jurisdiction}@${version}`;
