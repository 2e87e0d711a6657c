-- title: Every fact
-- description: Every fact of every current version in one list, whatever its kind: what was read, and the words it was read from.
SELECT
    v.document_id,
    f.kind, -- what sort of fact; its own table has all its columns
    f.value, -- what was read, in short
    f.detail, -- what else was read about it: role, precision, years, who said it …
    m.quote,
    m.page,
    m.start_char,
    m.rule,
    f.mention_id -- the evidence: version, place and kind
FROM (
    SELECT
        mention_id,
        'agreement' AS kind,
        kind || coalesce(' ' || sector, '') || coalesce(' ' || programme_year, '') AS value,
        relation || coalesce(', ' || total_min_dkk || iif(total_max_dkk > total_min_dkk, '–' || total_max_dkk, '') || ' DKK', '')
            || coalesce(', ' || initiative_count || ' initiatives', '') AS detail
    FROM agreement_mentions
    UNION ALL
    SELECT
        mention_id,
        'amount',
        min_dkk || iif(max_dkk > min_dkk, '–' || max_dkk, '') || ' DKK',
        role || ', ' || qualifier || ', per ' || per || coalesce(', ' || start_year || '–' || coalesce(end_year, ''), '')
            || iif(additive, ', additive', '') || iif(implausible, ', implausible', '')
    FROM amounts
    UNION ALL
    SELECT mention_id, 'count', number || ' ' || of_what, scope
    FROM count_claims
    UNION ALL
    SELECT mention_id, 'date', start_on || iif(end_on > start_on, '–' || end_on, ''), role || ', ' || granularity || ', ' || basis
    FROM dates
    UNION ALL
    SELECT
        mention_id,
        'effect',
        CAST(value AS TEXT),
        nullif(ltrim(coalesce('against ' || comparison_value, '') || coalesce(' after ' || after_months || ' months', '')), '')
    FROM effects
    UNION ALL
    SELECT mention_id, 'government', 'agrees', NULL
    FROM government_mentions
    UNION ALL
    SELECT
        mention_id,
        'initiative',
        title,
        form || coalesce(', ' || area, '') || coalesce(', ' || (
            SELECT group_concat(phase, ' + ')
            FROM (
                SELECT p.phase FROM initiative_mention_phases p
                WHERE p.initiative_mention_id = initiative_mentions.id ORDER BY p.position
            )
        ), '')
    FROM initiative_mentions
    UNION ALL
    SELECT mm.mention_id, 'method', n.name, NULL
    FROM method_mentions mm JOIN methods n ON n.id = mm.method_id
    UNION ALL
    SELECT om.mention_id, 'organisation', n.name, NULL
    FROM organisation_mentions om JOIN organisations n ON n.id = om.organisation_id
    UNION ALL
    SELECT pm.mention_id, 'party', n.name, pm.role
    FROM party_mentions pm JOIN parties n ON n.id = pm.party_id
    UNION ALL
    SELECT pm.mention_id, 'person', n.name, pm.title || coalesce(', ' || p.name, '')
    FROM person_mentions pm JOIN people n ON n.id = pm.person_id LEFT JOIN parties p ON p.id = pm.party_id
    UNION ALL
    SELECT mention_id, 'pool', title,
        nullif(ltrim(
            coalesce(amount_dkk || ' DKK', '') || coalesce(', until ' || deadline_on, '') || coalesce(', account ' || account, ''),
            ', '), '')
    FROM pools
    UNION ALL
    SELECT s.mention_id, 'statement', s.text, n.name
    FROM statements s LEFT JOIN people n ON n.id = s.person_id
    UNION ALL
    SELECT tm.mention_id, 'target_group', n.name, NULL
    FROM target_group_mentions tm JOIN target_groups n ON n.id = tm.target_group_id
) f
JOIN mentions m ON m.id = f.mention_id
JOIN document_versions v ON v.id = m.document_version_id
WHERE v.is_current = 1
