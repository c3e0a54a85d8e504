import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../shared/fetch/address.ts';
import { targetOf } from '../../shared/fetch/target.ts';

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '169.254.170.2',
    '198.18.0.1',
    '192.0.2.1',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '192.0.0.8',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2002:a9fe:a9fe::1',
    '2002:808:808::1',
    '2001:0:808:808::1',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '100::1',
    '5f00::1',
    '::ffff:0:8.8.8.8',
    '::8.8.8.8',
    '198.51.100.1',
    '192.88.99.1',
    '192.175.48.1',
    '127.1',
    '0x08080808',
    '010.8.8.8',
    '8.8.8',
    '134744072',
    '8.8.8.8.',
    '[2606:4700::1111]',
    '8.8.8.8:80',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    '',
    'localhost',
    'x',
  ])('%s is not public (rows 2, 4, 5)', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '2606:4700::1111',
    '2a00:1450:4001::1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('a target', () => {
  it.each([
    ['1', 'http://127.0.0.1:9001/'],
    ['1', 'http://localhost/'],
    ['1', 'http://LOCALHOST./'],
    ['1', 'http://feeds.localhost/'],
    ['2', 'http://169.254.169.254/latest/'],
    ['2', 'http://[fd00:ec2::254]/'],
    ['2', 'http://169.254.170.2/'],
    ['3', 'http://2852039166/'],
    ['3', 'http://0xa9fea9fe/'],
    ['3', 'http://0xa9.0xfe.0xa9.0xfe/'],
    ['3', 'http://017700000001/'],
    ['3', 'http://127.1/'],
    ['3', 'http://①②⑦.⓪.⓪.①/'],
    ['3', 'http://127.0.0.1./'],
    ['4', 'http://[::ffff:169.254.169.254]/'],
    ['4', 'http://[64:ff9b::a9fe:a9fe]/'],
    ['9', 'http://inside\\@public.example/'],
    ['9', 'http://user@public.example/'],
    ['9', 'http://user:word@public.example/'],
    ['9', 'http://@public.example/'],
    ['9', 'http://public\t.example/'],
    ['9', 'http://public.example\n/'],
    ['9', ' http://public.example/'],
    ['9', 'http:public.example/'],
    ['9', 'http:///public.example/'],
    ['10', 'file:///etc/passwd'],
    ['10', 'FTP://public.example/'],
    ['10', 'gopher://public.example/'],
    ['10', 'data:text/xml,<rss/>'],
    ['10', 'blob:http://public.example/1'],
    ['10', 'view-source:http://public.example/'],
    ['11', 'http://public.example:22/'],
    ['11', 'http://public.example:6379/'],
    ['14', `http://public.example/${'x'.repeat(2_000)}`],
    ['', 'not an address'],
  ])('(row %s) %s is refused', (_, url) => {
    expect(targetOf(url, { allow: [] }).kind).toBe('refused');
  });

  it.each([
    'http://public.example/',
    'HTTPS://public.example/a@b?c=d@e',
    'http://public.example:8080/',
    'https://8.8.8.8/',
  ])('%s may be asked', (url) => {
    expect(targetOf(url, { allow: [] })).toMatchObject({ kind: 'target', exempt: false });
  });

  it('is exempt when its host and port are listed, and no other port of that host is', () => {
    const allow = ['127.0.0.1:9001', '[::1]:9001', 'localhost:80'];
    expect(targetOf('http://127.0.0.1:9001/', { allow })).toMatchObject({ kind: 'target', exempt: true });
    expect(targetOf('http://[::1]:9001/', { allow })).toMatchObject({ kind: 'target', exempt: true });
    expect(targetOf('http://localhost/', { allow })).toMatchObject({ kind: 'target', exempt: true });
    expect(targetOf('http://127.0.0.1:9002/', { allow }).kind).toBe('refused');
    expect(targetOf('https://localhost/', { allow }).kind).toBe('refused');
  });
});
