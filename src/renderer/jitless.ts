import { z } from 'zod';

// The page's CSP forbids code made at run time, which zod would try for its fast path. This must run
// before any schema is made, so it is a module of its own, imported first.
z.config({ jitless: true });
