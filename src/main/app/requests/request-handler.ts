import type { Result } from '#contract/errors.ts';
import type { RequestMethod, RequestParams, RequestResult } from '#contract/requests.ts';
import type { Caller } from '#contract/scopes.ts';

/** Answers one request of the contract; its parameters are valid, and its caller may ask it. */
export type Handler<M extends RequestMethod> = (
  params: RequestParams<M>,
  caller: Caller,
) => Result<RequestResult<M>> | Promise<Result<RequestResult<M>>>;

export type Handlers = { readonly [M in RequestMethod]: Handler<M> };
