"""Thirty kinds of notes, each in Markdown: what is drawn, and what is to come out."""

NOTES: dict[str, str] = {
    "to-do": """# To do

- [x] call the bank
- [ ] water the plants
- [x] post the letter
- [ ] buy new shoes
- [ ] write to Helen
""",
    "shopping": """# Shopping

- milk and butter
- six brown eggs
- tomatoes
- bread
- washing powder
""",
    "minutes": """# Minutes of the meeting

Present were Anna, Peter and Martin, and the meeting began at nine.

1. Budget for the summer
2. The new printer
3. Opening hours

The next meeting is on Monday, and Peter takes the minutes.
""",
    "recipe": """# Apple cake

## Ingredients

- three large apples
- two eggs
- sugar and flour

## Method

1. Peel the apples
2. Mix eggs and sugar
3. Add the flour
4. Bake for an hour
""",
    "timetable": """# Timetable

| Time | Monday | Tuesday | Friday |
|---|---|---|---|
| 8:00 | Maths | English | Sport |
| 9:00 | Physics | Maths | Music |
| 10:00 | French | History | Art |
| 11:00 | Biology | French | Maths |
""",
    "bill": """# Bill

| Item | Price |
|---|---|
| Coffee | 3.20 |
| Apple cake | 4.50 |
| Mineral water | 2.80 |
| Sandwich | 5.90 |
| Total | 16.40 |
""",
    "form": """# Registration

**Name:** Helen Miller

**Street:** Garden Road 12

**Town:** Oxford

**Phone:** 55 31 20
""",
    "lab notes": """# Experiment four

We heated the water slowly and wrote the temperature down every minute.

| Minute | Degrees |
|---|---|
| 1 | 21.5 |
| 2 | 28.0 |
| 3 | 35.5 |
| 4 | 43.0 |

The water boiled after ten minutes, later than we thought.
""",
    "code": """# Loops

This prints the numbers up to ten:

```
def count(limit):
    for n in range(limit):
        if n > 2:
            print(n)
    return limit
```
""",
    "letter": """Dear Martha,

thank you for the long letter that came last week. We read it at breakfast and laughed.

The garden is full of birds now, and the children play outside until it is dark.

With love from all of us
""",
    "nested list": """# Trip to the lake

- food
  - bread and cheese
  - apples
- clothes
  - warm socks
  - rain coat
- the map
""",
    "outline": """# Essay

1. Introduction
   - the question
   - why it matters
2. History
   - before the war
   - after the war
3. Conclusion
""",
    "packing": """# Packing list

- [x] passport
- [x] tickets
- [ ] camera
- [ ] sun cream
- [x] blue shirt
- [ ] books
""",
    "two lists": """## Bring along

- plates and cups
- a warm blanket

## Leave at home

- the old radio
- garden chairs
""",
    "lecture": """# Photosynthesis

Plants make sugar from light, water and air. It happens in the green parts of the leaves.

## What it needs

- light
- water
- carbon dioxide

## What it gives

Oxygen and sugar, which the plant stores for the winter.
""",
    "phone list": """# Telephone numbers

| Name | Number |
|---|---|
| Anna | 44 12 80 |
| Doctor Brown | 71 33 09 |
| School | 20 15 66 |
| Plumber | 98 40 27 |
""",
    "agenda": """# Monday

1) open the shop
2) answer the mail
3) lunch with Tom
4) count the money
5) close at six
""",
    "diary": """# Sunday

We went up the hill in the morning and saw the whole valley under the snow.

In the afternoon it rained, so we stayed at home and played cards.
""",
    "project": """# Project plan

## Done

- [x] collect the data
- [x] clean the tables

## Open

- [ ] write the report
- [ ] show it to Peter
- [ ] send the bill
""",
    "measurements": """# Plants

| Day | Height | Leaves |
|---|---|---|
| 1 | 12 | 4 |
| 5 | 15 | 6 |
| 9 | 19 | 7 |
| 14 | 26 | 10 |
""",
    "menu": """# Dinner

## Starters

- onion soup
- green salad

## Main dishes

- fish with rice
- roast chicken

## Dessert

- lemon ice cream
""",
    "homework": """# Homework

- [ ] Maths page 41
  - [x] number one
  - [ ] number two
- [x] read chapter six
- [ ] learn the poem
""",
    "instructions": """# Water pump

Follow these steps when the pump stops:

1. Switch it off
2. Open the lid and take the filter out
3. Clean the filter
4. Close the lid

Then wait for a minute before you switch it on.
""",
    "scores": """# Results

| Team | Won | Lost | Points |
|---|---|---|---|
| Red | 4 | 1 | 12 |
| Blue | 3 | 2 | 9 |
| Green | 1 | 4 | 3 |
""",
    "questions": """# Questions for the exam

1. Who wrote the letter?
2. When did the war end?
3. Why did the king leave?
""",
    "membership": """# Chess club

**First name:** Robert

**Last name:** Green

**Born on:** 12 March 1984

**Member since:** 2019
""",
    "settings": """# Settings

The file that we use on the server looks like this:

```
server {
    listen 80
    root  /home/web
    index home.html
}
```
""",
    "prices": """# Market prices

| Fruit | Small | Large |
|---|---|---|
| Apples | 1.20 | 2.30 |
| Pears | 1.50 | 2.80 |
| Cherries | 3.10 | 5.90 |
| Plums | 1.80 | 3.40 |
""",
    "reading list": """# Books to read

* The old man and the sea
* War and peace
* Great expectations
* The trial
""",
    "report": """# Weekly report

## Sales

We sold more chairs than last week, and most of them to schools.

## Staff

Two people were ill, and Martin came back from his holiday.
""",
}
