/** A company of any size, as a file: departments of fifty, teams of ten. */

export function largeCompany(members: number): string {
  const lines = ['name: Large', 'departments:'];
  for (let member = 0; member < members; member += 1) {
    if (member % 50 === 0) lines.push(`  - name: department_${member / 50 + 1}`, '    teams:');
    if (member % 10 === 0)
      lines.push(`      - name: team_${member / 10 + 1}`, `        lead: m_${member}`, '        members:');
    lines.push(`          - { name: m_${member}, role: ${member % 10 === 0 ? 'em' : 'engineer'} }`);
  }
  return `${lines.join('\n')}\n`;
}
