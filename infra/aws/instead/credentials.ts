/**
 * Where the SDK finds credentials, for a bundle: Lambda puts them into the environment of a function. The SDK's own search,
 * through files, sign-on and metadata servers, would find nothing more there, and is a third of its code.
 */
import { environmentCredentials } from '../../../shared/settings.ts';

/** In the place of `defaultProvider` of `@aws-sdk/credential-provider-node`. */
export const defaultProvider = () => async () => environmentCredentials();
