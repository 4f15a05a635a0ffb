import { Navigate } from 'react-router';
import { menuOf } from '../portal.js';
import { portals } from '../portals.js';
import { useSession } from '../session/session.js';
import { NothingHere } from './nothing-here.js';

/** Where this role's work begins. */
export function Home() {
  const { data: person } = useSession();
  const first = person ? menuOf(portals, person.role)[0] : undefined;
  return first === undefined ? <NothingHere /> : <Navigate to={`/desk/${first.path}`} replace />;
}
