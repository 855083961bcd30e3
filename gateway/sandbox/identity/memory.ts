import type { Adapter, AdapterPayload } from "oidc-provider";

/** Where the sandbox's provider keeps sessions, codes and grants: in memory, until the sandbox ends. */
export const createMemory = (): ((model: string) => Adapter) => {
  const kept = new Map<string, AdapterPayload>();
  const first = (holds: (payload: AdapterPayload) => boolean) => [...kept.values()].find(holds);
  return (model) => {
    const named = (id: string) => `${model} ${id}`;
    return {
      upsert: async (id, payload, expiresIn) => {
        kept.set(named(id), payload);
        if (expiresIn) setTimeout(() => kept.delete(named(id)), expiresIn * 1000).unref();
      },
      find: async (id) => kept.get(named(id)),
      findByUid: async (uid) => first((payload) => payload.uid === uid),
      findByUserCode: async (code) => first((payload) => payload.userCode === code),
      consume: async (id) => {
        const payload = kept.get(named(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => {
        kept.delete(named(id));
      },
      revokeByGrantId: async (grant) => {
        for (const [name, { grantId }] of kept) if (grantId === grant) kept.delete(name);
      },
    };
  };
};
