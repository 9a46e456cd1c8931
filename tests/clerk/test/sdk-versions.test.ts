import { createClerkClient as createClient2 } from "@clerk/backend";
import { createClerkClient as createClient3 } from "clerk-backend-3";
import { describe, expect, it } from "vitest";
import { localClerkKeys } from "../environment.ts";
import { png } from "./conformance/png.ts";
import { appOrigin, openBrowser, startClerk } from "./support.ts";

type Client = ReturnType<typeof createClient2> | ReturnType<typeof createClient3>;

type Options = Parameters<typeof createClient2>[0] & Parameters<typeof createClient3>[0];

const versions = [
  {
    version: 2,
    createClient: createClient2,
    authenticate: async (options: Options, request: Request) =>
      (await createClient2(options).authenticateRequest(request)).toAuth(),
  },
  {
    version: 3,
    createClient: createClient3,
    authenticate: async (options: Options, request: Request) =>
      (await createClient3(options).authenticateRequest(request)).toAuth(),
  },
];

describe.each(versions)("@clerk/backend $version", ({ createClient, authenticate }) => {
  async function start() {
    const clerk = await startClerk();
    const options: Options = {
      secretKey: localClerkKeys.secretKey,
      publishableKey: localClerkKeys.publishableKey,
      apiUrl: `${clerk.origin}/bapi`,
      jwtKey: clerk.jwtKey,
      telemetry: { disabled: true },
    };
    const client: Client = createClient(options);
    return { clerk, client, options };
  }

  it("creates, lists, changes, bans and deletes people", async () => {
    const { users } = (await start()).client;
    const { id } = await users.createUser({
      emailAddress: ["ada@example.com"],
      password: "long enough",
      publicMetadata: { role: "user" },
    });
    expect(await users.getUserList({ query: "ada", orderBy: "-created_at" })).toMatchObject({
      totalCount: 1,
      data: [{ id }],
    });
    expect(await users.getCount({ emailAddress: ["ada@example.com"] })).toBe(1);
    expect(await users.updateUser(id, { firstName: "Ada" })).toMatchObject({ firstName: "Ada" });
    const { publicMetadata } = await users.updateUserMetadata(id, {
      publicMetadata: { dbId: "1" },
    });
    expect(publicMetadata).toEqual({ role: "user", dbId: "1" });
    const withImage = await users.updateUserProfileImage(id, { file: png });
    expect(withImage).toMatchObject({ hasImage: true });
    expect(await users.deleteUserProfileImage(id)).toMatchObject({ hasImage: false });
    await users.verifyPassword({ userId: id, password: "long enough" });
    expect(await users.banUser(id)).toMatchObject({ banned: true });
    await users.unbanUser(id);
    expect(await users.lockUser(id)).toMatchObject({ locked: true });
    await users.unlockUser(id);
    await users.deleteUser(id);
    await expect(users.getUser(id)).rejects.toMatchObject({ status: 404 });
  });

  it("creates people with a phone number only, adds an address, and invites", async () => {
    const { emailAddresses, invitations, phoneNumbers, users } = (await start()).client;
    const { id } = await users.createUser({
      phoneNumber: ["+15555550100"],
      skipPasswordRequirement: true,
    });
    const phone = await phoneNumbers.createPhoneNumber({
      userId: id,
      phoneNumber: "+15555550101",
      primary: true,
    });
    const user = await users.getUser(id);
    expect(user.primaryPhoneNumberId).toBe(phone.id);
    expect(user.emailAddresses).toEqual([]);
    const address = { userId: id, emailAddress: "a@b.co", verified: true, primary: true };
    await emailAddresses.createEmailAddress(address);
    const invitation = await invitations.createInvitation({ emailAddress: "c@d.co" });
    expect((await invitations.getInvitationList()).data).toMatchObject([{ id: invitation.id }]);
    await invitations.revokeInvitation(invitation.id);
  });

  it("starts, reads, verifies and revokes sessions", async () => {
    const { client, clerk, options } = await start();
    const user = await clerk.control.createUser({ emailAddresses: ["a@b.co"] });
    const session = await client.sessions.createSession({ userId: user.id });
    const { jwt } = await client.sessions.getToken(session.id);
    const headers = { authorization: `Bearer ${jwt}` };
    const auth = await authenticate(options, new Request(appOrigin, { headers }));
    expect(auth).toMatchObject({ userId: user.id, sessionId: session.id });
    expect(await client.clients.getClient(session.clientId)).toMatchObject({
      sessions: [{ id: session.id }],
    });
    const listed = await client.sessions.getSessionList({ userId: user.id, status: "active" });
    expect(listed.totalCount).toBe(1);
    expect(await client.sessions.revokeSession(session.id)).toMatchObject({ status: "revoked" });
    await expect(client.sessions.getToken(session.id)).rejects.toMatchObject({ status: 401 });
  });

  it("signs people in with its tokens", async () => {
    const { client, clerk } = await start();
    const { id: userId } = await clerk.control.createUser({ emailAddresses: ["a@b.co"] });
    const ticket = await client.signInTokens.createSignInToken({ userId, expiresInSeconds: 60 });
    const browser = await openBrowser(clerk.origin);
    const form = { strategy: "ticket", ticket: ticket.token };
    await browser.sendOk("POST", "/client/sign_ins", form);
    const actor = { sub: "user_admin" };
    const token = await client.actorTokens.create({ userId, actor });
    expect(await client.actorTokens.revoke(token.id)).toMatchObject({ status: "revoked" });
    expect((await client.testingTokens.createTestingToken()).token).toMatch(/./);
    expect((await client.jwks.getJwks()).keys).toHaveLength(1);
    expect(await client.instance.get()).toMatchObject({ id: clerk.instanceId });
  });
});
