export { checkPacket, type PacketVerdict } from './check-packet.js';
export { informative, isInformative } from './informative.js';
export { type Packet, type PacketAudience, packetFormat, sealOf } from './packet.js';
export type { PacketFinding, PacketFindingKind } from './packet-finding.js';
export { packetPage } from './packet-page.js';
export { type Inclusion, proveInclusion } from './prove-inclusion.js';
export { type PacketQuestion, readPacket } from './read-packet.js';
