// What the office calls an organisation's kind and standing, and how it reads one.

import { useQuery } from '@tanstack/react-query';
import { api, good, type Schemas } from '../api/client.js';
import type { Tone } from '../pieces/state-tag.js';
import type { Text } from '../text/text.js';

export type Organisation = Schemas['Organisation'];
export type OrganisationKind = Organisation['kind'];
export type OrganisationStatus = Organisation['status'];

export const kinds: Readonly<Record<OrganisationKind, Text>> = {
  institution: { zh: '培训机构', en: 'training institution' },
  enterprise: { zh: '企业', en: 'enterprise' },
  unit: { zh: '其他用人单位', en: 'other employer' },
  bank: { zh: '经办银行', en: 'bank' },
  government: { zh: '市级政府', en: 'city government' },
  citizen: { zh: '个人', en: 'person' },
  bureau: { zh: '经办机构', en: 'office' },
};

export const statuses: Readonly<Record<OrganisationStatus, readonly [Tone, Text]>> = {
  active: ['good', { zh: '正常', en: 'active' }],
  suspended: ['bad', { zh: '已暂停', en: 'suspended' }],
};

/** What a proposed change of status is called while another person has not decided it. */
export const proposals: Readonly<Record<OrganisationStatus, Text>> = {
  suspended: { zh: '提出暂停，待批准', en: 'suspension to be decided' },
  active: { zh: '提出恢复，待批准', en: 'end of suspension to be decided' },
};

/** Everything that is no longer true when something of this organisation was changed. */
export const touchedBy = (id: string) => [['organisations'], ['organisation', id]] as const;

export const useOrganisation = (id: string) =>
  useQuery({
    queryKey: ['organisation', id],
    queryFn: () => good(api.GET('/api/v1/organisations/{id}', { params: { path: { id } } })),
  });
