package form

// Filled are the answers that the record of a startup gives, by property. What is no answer to its question – another type,
// an option that is not there, more or less than its bounds – is left empty, as is what the record does not say.
func (s Schema) Filled(record map[string]any) Answers {
	given := Answers{}
	for _, q := range s {
		value, said := record[q.MapsTo]
		if q.MapsTo == "" || !said || value == 0 {
			continue
		}
		if neat, err := q.tidy(value); err == nil && neat != nil && q.complete(neat) == nil {
			given[q.Key] = neat
		}
	}
	return given
}

// Properties are the answers that become properties of a startup's record, by property: of questions that are asked.
func (s Schema) Properties(given Answers) map[string]any {
	record, shown := map[string]any{}, s.Shown(given)
	for _, q := range s {
		if value := given[q.Key]; q.MapsTo != "" && shown[q.Key] && value != nil {
			record[q.MapsTo] = value
		}
	}
	return record
}
