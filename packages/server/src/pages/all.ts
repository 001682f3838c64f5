// Every page that readers see.

import { authenticatorPages } from './account/authenticator.ts'
import { namePage } from './account/change-name.ts'
import { passkeyPages } from './account/passkeys.ts'
import { passwordPage } from './account/change-password.ts'
import { sessionPage } from './account/end-session.ts'
import { keyPage } from './account/revoke-key.ts'
import { accountPage } from './account/show.ts'
import { invitationPage } from './invitation/accept.ts'
import { authorizePage } from './login/authorize.ts'
import { devicePages } from './login/device.ts'
import type { PageRoutes } from './mount-pages.ts'
import { forgotPages } from './password/forgot.ts'
import { resetPage } from './password/reset.ts'
import { passkeySignInPages } from './sign-in/passkey.ts'
import { signInPage } from './sign-in/password.ts'
import { providerPages } from './sign-in/provider.ts'
import { secondFactorPage } from './sign-in/second-factor.ts'
import { signOutPage } from './sign-in/sign-out.ts'
import { signUpPages } from './sign-up/ask.ts'
import { verifyPage } from './sign-up/verify.ts'

export const PAGES: readonly PageRoutes[] = [
  signUpPages,
  verifyPage,
  signInPage,
  passkeySignInPages,
  providerPages,
  secondFactorPage,
  signOutPage,
  forgotPages,
  resetPage,
  accountPage,
  namePage,
  passwordPage,
  authenticatorPages,
  passkeyPages,
  sessionPage,
  keyPage,
  invitationPage,
  authorizePage,
  devicePages,
]
