import { judge } from '../../../lib/private/rules';

const denied = {
  target: '\'Shop/Books\'', missing: ['arn:aws:execute-api:eu-west-1:111111111111:a1/*/GET/books'], trusted: true,
  lookedAt: [],
};
const said = (role?: string) =>
  judge('api-call', { of: 'route \'GET /books\'', denied: { ...denied, role } }).map(({ message }) => message);

test('a permission is proposed where there is no role', () => {
  expect(said()).toEqual([expect.stringMatching(/ Add one for this source ARN, with addPermission\(\) of the function\.$/)]);
});

test('no permission is proposed where the call is made with a role', () => {
  expect(said('Shop/Role')).toEqual([expect.stringMatching(
    /with the role 'Shop\/Role', which allows nothing\. Expected .* Grant it to the role\.$/,
  )]);
});
