"""Notes with tables that are ruled, each in Markdown with its tables in HTML.

``data-rules`` says which rules are drawn: ``all``; ``inner``, those between the cells; ``rows``,
the level ones; ``book``, one above, one below the header and one at the end; ``columns``, upright
ones and one below the header; ``frame``, those around the table.
"""

RULED_NOTES: dict[str, str] = {
    "week plan": """# Week plan

<table data-rules="all">
<tr><th>Time</th><th>Monday</th><th>Tuesday</th><th>Friday</th></tr>
<tr><td>8:00</td><td>Maths</td><td></td><td>Sport</td></tr>
<tr><td>9:00</td><td></td><td>History</td><td rowspan="2">School trip</td></tr>
<tr><td>10:00</td><td>French</td><td>Music</td></tr>
<tr><td>11:00</td><td></td><td></td><td></td></tr>
</table>
""",
    "repair bill": """# Repair bill

<table data-rules="all">
<tr><th>Item</th><th>Number</th><th>Price</th></tr>
<tr><td>new filter for the<br>water pump</td><td>2</td><td>18.40</td></tr>
<tr><td>oil</td><td>1</td><td>9.50</td></tr>
<tr><td>work in the garage<br>on Monday and on<br>Friday</td><td>3</td><td>75.00</td></tr>
<tr><td colspan="2">Total</td><td>102.90</td></tr>
</table>

Please pay within two weeks.
""",
    "measured twice": """# Growth of the plants

<table data-rules="all">
<tr><th rowspan="2">Plant</th><th colspan="2">Height</th><th colspan="2">Leaves</th></tr>
<tr><th>May</th><th>June</th><th>May</th><th>June</th></tr>
<tr><td>Tomato</td><td>12</td><td>31</td><td>6</td><td>14</td></tr>
<tr><td>Bean</td><td>20</td><td>54</td><td>8</td><td>19</td></tr>
<tr><td>Pepper</td><td>9</td><td>17</td><td>5</td><td>11</td></tr>
</table>
""",
    "report of a visit": """# Report of a visit

<table data-rules="all">
<tr><td>Visitor</td><td>Helen Miller</td></tr>
<tr><td>Date</td><td></td></tr>
<tr><td>Reason</td><td>She wants to see the<br>new machine and the<br>store rooms</td></tr>
<tr><td>Remarks</td><td></td></tr>
</table>
""",
    "words": """# New words

<table data-rules="columns">
<tr><th>English</th><th>French</th><th>German</th></tr>
<tr><td>house</td><td>maison</td><td>Haus</td></tr>
<tr><td>river</td><td>fleuve</td><td>Fluss</td></tr>
<tr><td>spoon</td><td>cuillere</td><td>Loeffel</td></tr>
<tr><td>winter</td><td>hiver</td><td>Winter</td></tr>
</table>
""",
    "who does what": """# Who does what

<table data-rules="rows">
<tr><th>Who</th><th>What</th><th>When</th></tr>
<tr><td>Anna</td><td>book the room and<br>send the letters</td><td>Monday</td></tr>
<tr><td>Peter</td><td>buy the food</td><td>Thursday</td></tr>
<tr><td>Martin</td><td>bring the chairs<br>and the tables</td><td>Friday</td></tr>
</table>

We meet again on Sunday.
""",
    "result": """# Result

The final was played in the rain.

<table data-rules="all">
<tr><td>Red</td><td>3</td></tr>
<tr><td>Blue</td><td>1</td></tr>
</table>

Next year we want to win.
""",
    "against each other": """# For and against

<table data-rules="inner">
<tr><th>For</th><th>Against</th></tr>
<tr><td>it is cheap</td><td>it is far away</td></tr>
<tr><td>it is new and<br>has a garden</td><td>there is no<br>bus</td></tr>
<tr><td>quiet street</td><td>small kitchen</td></tr>
</table>
""",
    "times": """# Swimming

<table data-rules="book">
<tr><th>Name</th><th>Age</th><th>Seconds</th></tr>
<tr><td>Robert</td><td>12</td><td>41.5</td></tr>
<tr><td>Martha</td><td>11</td><td>39.8</td></tr>
<tr><td>Tom</td><td>13</td><td>44.0</td></tr>
</table>
""",
    "prices": """# Prices

<table data-rules="frame">
<tr><th>Cake</th><th>Piece</th><th>Whole</th></tr>
<tr><td>Apple</td><td>2.40</td><td>18.00</td></tr>
<tr><td>Cherry</td><td>2.90</td><td>22.50</td></tr>
<tr><td>Cheese</td><td>3.10</td><td>24.00</td></tr>
</table>
""",
    "duty roster": """# Duty roster

<table data-rules="all">
<tr><th></th><th>Morning</th><th>Evening</th></tr>
<tr><td>Monday</td><td>Paul</td><td rowspan="3">Susan</td></tr>
<tr><td>Tuesday</td><td rowspan="2">Helen</td></tr>
<tr><td>Wednesday</td></tr>
<tr><td>Thursday</td><td colspan="2">closed</td></tr>
</table>
""",
    "letter head": """<table data-rules="all">
<tr><td>Class</td><td>7 b</td><td>Room</td><td>214</td></tr>
</table>

The class begins with the new book on Monday. Everybody brings a pencil, a ruler and some paper.

Those who were ill get the notes from their friends, and ask when something is not clear.
""",
    "boxed": """# Remember

<div data-frame="yes">The key is under the stone beside the door, and the
neighbours have another one.</div>

Take the bus at nine.

- bread
- milk
""",
}
