import { fail, type Result } from '#contract/errors.ts';
import { isRequestMethod, requestSchemas } from '#contract/requests.ts';
import type { HubDependencies, HubUser } from '../dependencies.ts';
import { validate } from '../validation.ts';
import { refuseRequest } from './request-access.ts';

const MAX_SHOWN_NAME_LENGTH = 64;

/** One request of the contract, by whichever door it came: socket, bridge or REST. */
export async function performRequest(
  method: string,
  params: unknown,
  caller: HubUser,
  dependencies: Pick<HubDependencies, 'handleRequest' | 'isKnownBot'>,
): Promise<Result<unknown>> {
  if (!isRequestMethod(method)) {
    return fail('unknown_method', `No method "${method.slice(0, MAX_SHOWN_NAME_LENGTH)}"`);
  }
  const valid = validate<unknown>(requestSchemas[method].params, params);
  if (!valid.ok) return valid;
  const denied = refuseRequest(method, valid.value, caller, dependencies);
  if (denied) return { ok: false, error: denied };
  return dependencies.handleRequest(method, valid.value, caller);
}
