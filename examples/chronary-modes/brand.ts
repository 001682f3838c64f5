// Chronary as in the example without modes, but for its kinds of keys: there is one for each mode.

import { defineBrand } from '@keywright/client'
import { product } from '../chronary/brand.ts'

export default defineBrand({
  ...product,
  kinds: { live: 'chr_sk_live_', test: 'chr_sk_test_' },
  routes: { scopes: 'GET /v1/org-key' },
})
